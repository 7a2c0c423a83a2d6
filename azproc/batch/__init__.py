"""Files and shards: big work in parts that finish or do not exist."""
