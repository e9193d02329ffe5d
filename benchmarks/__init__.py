"""What Communiqué costs and how well it reads: `python -m benchmarks`, or `make bench`."""
