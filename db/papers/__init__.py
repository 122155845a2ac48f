"""文书: papers that were issued, kept byte for byte."""
