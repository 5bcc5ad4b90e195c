package dev.caisson.cli;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes an account as a line of JSON.
///
/// `value` is there when the status is ok and `error` when it is not; `worker` is null when none ran the input. The
/// target is in each line so that no run of another one is taken up by mistake.
final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonLine() {}

    /// The line, without its end.
    static String of(Account account, String target) {
        // By way of a string, for the generator of bytes refuses halves of surrogate pairs, and texts from documents
        // have them.
        var text = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("input", account.input());
            json.writeStringProperty("status", account.status().toString());
            var fault = account.fault();
            if (fault == null) {
                json.writeName("value");
                value(json, account.value());
            } else {
                error(json, fault);
            }
            json.writeNumberProperty("millis", account.millis());
            json.writeNumberProperty("attempts", account.attempts());
            if (account.worker().isPresent()) {
                json.writeNumberProperty("worker", account.worker().get());
            } else {
                json.writeNullProperty("worker");
            }
            json.writeStringProperty("target", target);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void error(JsonGenerator json, Fault fault) {
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("type", fault.type());
        json.writeName("message");
        json.writeString(fault.message());
        if (fault.stack() != null) {
            json.writeStringProperty("stack", fault.stack());
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Short number -> json.writeNumber(number);
            case Byte number -> json.writeNumber(number.intValue());
            case Float number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case List<?> elements -> {
                json.writeStartArray();
                elements.forEach(element -> value(json, element));
                json.writeEndArray();
            }
            case Map<?, ?> entries -> {
                json.writeStartObject();
                entries.forEach((name, entry) -> {
                    json.writeName(String.valueOf(name));
                    value(json, entry);
                });
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }
}
