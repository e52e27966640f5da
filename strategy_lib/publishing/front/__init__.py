"""The front page of an edition: what leaders see first, from what the chapters saved."""
