package io.weir.journal;

import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.wechat.codec.PushExplanation;

/** How a route finds the entry that a path names, and what the caller may see of it. */
final class JournalEntries {
    private static final String REVEAL = "reveal";

    private JournalEntries() {}

    /** The entry; a problem where it is gone or never was. */
    static JournalEntry find(Journal journal, ApiRequest request) {
        return find(journal, id(request));
    }

    /** The id that a path names; -1 where it is none. */
    static long id(ApiRequest request) {
        String asked = request.inPath("id");
        return asked.matches("\\d{1,16}") ? Long.parseLong(asked) : -1;
    }

    static JournalEntry find(Journal journal, long id) {
        return journal.find(id).orElseThrow(() -> missing(id >= 0 && id <= journal.newest()));
    }

    private static ApiProblem missing(boolean gone) {
        return gone
                ? ApiProblem.of(
                        410,
                        "This push is no longer in the list",
                        "The list holds the last requests of this instance, as many as journal.recent and journal.recentMemory say,"
                                + " and none from before its start.")
                : ApiProblem.of(404, "There is no such push", "GET /api/v1/pushes tells which there are.");
    }

    /** Whether the operator asks for openids and texts. */
    static boolean isToReveal(ApiRequest request) {
        String reveal = request.parameters(REVEAL).text(REVEAL).orElse("false");
        if (!reveal.equals("true") && !reveal.equals("false")) {
            throw ApiProblem.badRequest("\"reveal\" has to be true or false.");
        }
        return reveal.equals("true");
    }

    /** Whether a reply to it may repeat what its sender said; what cannot be read may. */
    static boolean tellsOfUser(PushExplanation again) {
        return again.push().map(XmlView::tellsOfUser).orElse(true);
    }
}
