package io.weir.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A URI with one of the schemes and a host.
 *
 * @param schemes in lower case; none for any
 */
record Link(List<String> schemes) implements Format<URI> {

    @Override
    public Optional<URI> read(String text) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null && uri.getHost() != null && allows(uri.getScheme())
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            // Its message quotes the text, which may hold a password.
            return Optional.empty();
        }
    }

    @Override
    public String expected() {
        String beginnings =
                Wording.either(schemes.stream().map(each -> each + "://").toList());
        return "expected a URI with a host" + (schemes.isEmpty() ? "" : " that begins with " + beginnings);
    }

    private boolean allows(String scheme) {
        return schemes.isEmpty() || schemes.contains(scheme.toLowerCase(Locale.ROOT));
    }
}
