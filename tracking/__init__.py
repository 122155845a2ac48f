"""The domain: words, rules, arithmetic, charts and documents. Plain values in and out."""
