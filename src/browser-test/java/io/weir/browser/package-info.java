/**
 * The pages in a real browser: the system's Chromium, driven by Playwright. Run with the profile "browser".
 */
@NullMarked
package io.weir.browser;

import org.jspecify.annotations.NullMarked;
