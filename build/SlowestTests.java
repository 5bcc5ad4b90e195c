import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Prints the slowest tests of a module, read from the reports which Surefire wrote.
///
/// Arguments: the folder of the reports, how many tests to print.
final class SlowestTests {
    private record Timing(double seconds, String test) {}

    public static void main(String[] arguments) throws Exception {
        var reports = Path.of(arguments[0]);
        if (!Files.isDirectory(reports)) {
            return;
        }
        var timings = timings(reports);
        var total = timings.stream().mapToDouble(Timing::seconds).sum();
        System.out.printf("%d tests took %.1f s. The slowest:%n", timings.size(), total);
        timings.stream()
                .sorted(Comparator.comparingDouble(Timing::seconds).reversed())
                .limit(Integer.parseInt(arguments[1]))
                .forEach(timing -> System.out.printf("%9.3f s  %s%n", timing.seconds(), timing.test()));
    }

    private static List<Timing> timings(Path reports) throws Exception {
        var timings = new ArrayList<Timing>();
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        try (var files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
            for (var file : files) {
                var cases = parser.parse(file.toFile()).getElementsByTagName("testcase");
                for (var i = 0; i < cases.getLength(); i++) {
                    timings.add(timing((Element) cases.item(i)));
                }
            }
        }
        return timings;
    }

    private static Timing timing(Element test) {
        var seconds = Double.parseDouble(test.getAttribute("time").replace(",", ""));
        return new Timing(seconds, test.getAttribute("classname") + "." + test.getAttribute("name"));
    }
}
