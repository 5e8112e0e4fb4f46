package io.weir.simulator.platform;

/**
 * One article of a news item.
 *
 * @param digest the line shown below the title
 * @param sourceUrl where "read original" leads; empty: there is no such link
 * @param thumbMediaId permanent material with the cover
 * @param coverShown whether the cover is shown in the article as well
 */
public record Article(
        String title,
        String author,
        String digest,
        String content,
        String sourceUrl,
        String thumbMediaId,
        boolean coverShown) {}
