"""What only a browser can tell. Skipped without Chromium, unless KBSITE_REQUIRE_BROWSER is 1."""
