package dev.katra.shell.docs;

/** Takes from what is printed that which differs from run to run: times, ids, and where the home lies. */
final class PrintedText {

    private PrintedText() {}

    /** Puts the folder, the port and the name of a reader's machine in place of those of the test. */
    static String atHome(ReaderShell shell, String text) {
        return text.replace(shell.vendor(), "https://api.openai.com/v1")
                .replace(shell.user().toString(), "/home/ada")
                .replace(":" + shell.port(), ":3141");
    }

    /** Puts a word in place of each time and id; columns that a time has widened are narrow again. */
    static String normal(String text) {
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                .replaceAll("(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d", "TIME")
                .replaceAll("(?<![.\\d])\\d+[smhd]\\b( ago)?", "AGO")
                .replaceAll(" {2,}", "  ")
                .strip();
    }
}
