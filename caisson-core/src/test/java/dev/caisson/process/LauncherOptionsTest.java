package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherOptionsTest {

    @Test
    void takesWhatCodeMayDoAndLeavesHowTheJvmRuns() {
        var options = LauncherOptions.inherited(
                List.of(
                        "-Xmx1g",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        "--enable-preview",
                        "-Dx=y",
                        "--enable-preview",
                        "-XX:+UseZGC",
                        "Main",
                        "--add-opens=argument/of.the.program=ALL-UNNAMED"),
                false);

        assertThat(options)
                .containsExactly(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--enable-preview");
    }

    @Test
    void takesWhatCodeIsToldUnlessItConcernsThisProcess() {
        var options = LauncherOptions.inherited(
                List.of(
                        "-Dlogback.configurationFile=log.xml",
                        "-Duser.language=tr",
                        "-ea:com.acme...",
                        "-disablesystemassertions",
                        "-Dcom.sun.management.jmxremote.port=9010",
                        "-Djdk.serialFilter=!*",
                        "-Dcaisson.home=/opt",
                        "-javaagent:agent.jar",
                        "-Xmx1g",
                        "Main",
                        "-Dargument=of.the.program"),
                true);

        assertThat(options)
                .containsExactly(
                        "-Dlogback.configurationFile=log.xml",
                        "-Duser.language=tr",
                        "-ea:com.acme...",
                        "-disablesystemassertions");
    }

    @Test
    void stopsAtTheMainModule() {
        assertThat(LauncherOptions.inherited(
                        List.of(
                                "--module-path",
                                "mods",
                                "--enable-preview",
                                "-m",
                                "app/app.Main",
                                "--add-modules",
                                "x"),
                        true))
                .containsExactly("--enable-preview");
    }

    @Test
    void readsTheManifestOfAnExecutableJar(@TempDir Path folder) throws IOException {
        var jar = folder.resolve("app.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang java.base/java.util");
        manifest.getMainAttributes().putValue("Enable-Native-Access", "ALL-UNNAMED");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();

        var options =
                LauncherOptions.inherited(List.of("--enable-preview", "-jar", jar.toString(), "--add-opens=x"), true);

        assertThat(options)
                .containsExactly(
                        "--enable-preview",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED");
    }
}
