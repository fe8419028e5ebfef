"""What the annotations of models' functions say."""
