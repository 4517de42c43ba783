"""Where reactions come from: articles, how they are read, and who can speak for whom."""
