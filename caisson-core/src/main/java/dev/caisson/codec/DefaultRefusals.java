package dev.caisson.codec;

import java.util.List;
import java.util.Set;

/// The types that results may not hold unless the pool's user allows them: those whose reading, hashing or comparing
/// runs code that is known from attacks by deserialization, and types of the JDK that act when they are read.
///
/// A list of what is known to be bad can't be complete: it is for those who give no list of what is good. Exceptions of
/// the packages pass, but for those that are known themselves: libraries throw them, and they act no more than others.
///
/// The names are those of the public collections of such attacks (ysoserial, marshalsec).
final class DefaultRefusals {

    /// Beginnings of class names.
    private static final List<String> PACKAGES = List.of(
            "bsh.",
            "clojure.core$",
            "clojure.inspector",
            "com.caucho.",
            "com.mchange.",
            "com.rometools.",
            "com.sun.corba.",
            "com.sun.jndi.",
            "com.sun.jmx.",
            "com.sun.org.apache.",
            "com.sun.rowset.",
            "com.sun.syndication.",
            "com.vaadin.data.util.",
            "groovy.util.Expando",
            "java.beans.beancontext.",
            "java.lang.invoke.MethodHandle",
            "java.rmi.",
            "javassist.",
            "javax.management.",
            "javax.naming.",
            "javax.script.",
            "javax.sql.rowset.",
            "javax.swing.",
            "net.sf.json.",
            "ognl.",
            "org.apache.bcel.",
            "org.apache.click.",
            "org.apache.commons.beanutils.",
            "org.apache.commons.collections.comparators.",
            "org.apache.commons.collections.functors.",
            "org.apache.commons.collections.keyvalue.TiedMapEntry",
            "org.apache.commons.collections.map.DefaultedMap",
            "org.apache.commons.collections.map.LazyMap",
            "org.apache.commons.collections4.comparators.",
            "org.apache.commons.collections4.functors.",
            "org.apache.commons.collections4.keyvalue.TiedMapEntry",
            "org.apache.commons.collections4.map.DefaultedMap",
            "org.apache.commons.collections4.map.LazyMap",
            "org.apache.commons.fileupload.",
            "org.apache.myfaces.",
            "org.apache.wicket.",
            "org.apache.xalan.",
            "org.aspectj.weaver.",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.codehaus.groovy.runtime.MethodClosure",
            "org.hibernate.engine.spi.",
            "org.hibernate.property.",
            "org.hibernate.tuple.",
            "org.hibernate.type.",
            "org.jboss.interceptor.",
            "org.jboss.weld.",
            "org.mozilla.javascript.",
            "org.python.",
            "org.springframework.aop.",
            "org.springframework.beans.factory.",
            "org.springframework.core.SerializableTypeWrapper",
            "org.springframework.jndi.",
            "org.springframework.transaction.",
            "sun.awt.",
            "sun.print.",
            "sun.reflect.annotation.",
            "sun.rmi.",
            "sun.swing.");

    private static final Set<String> TYPES = Set.of(
            "java.lang.reflect.Proxy",
            "java.security.SignedObject",
            "java.util.ServiceLoader",
            "javax.crypto.SealedObject",
            "javax.management.BadAttributeValueExpException");

    private static final ClassValue<Boolean> REFUSED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isRefused(type.getName(), Throwable.class.isAssignableFrom(type));
        }
    };

    private DefaultRefusals() {}

    /// Whether a type is refused; of an array, the type of its elements counts.
    static boolean contain(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return REFUSED.get(element);
    }

    private static boolean isRefused(String name, boolean isThrowable) {
        return TYPES.contains(name) || (!isThrowable && PACKAGES.stream().anyMatch(name::startsWith));
    }
}
