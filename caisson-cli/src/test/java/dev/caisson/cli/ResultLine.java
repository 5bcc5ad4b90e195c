package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A line of results, read back.
///
/// @param fields its fields as text, those of `error` as `error.type` and so on; a value that is an object as its JSON
record ResultLine(Map<String, String> fields) {

    private static final JsonFactory JSON = new JsonFactory();

    static ResultLine of(String line) {
        var fields = new LinkedHashMap<String, String>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), new StringReader(line))) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    var path = parser.streamReadContext()
                            .pathAsPointer()
                            .toString()
                            .substring(1);
                    fields.put(path.replace('/', '.'), parser.getString());
                }
            }
        }
        return new ResultLine(fields);
    }

    String field(String name) {
        return Objects.requireNonNull(fields.get(name), () -> name + " in " + fields);
    }

    String status() {
        return field("status");
    }
}
