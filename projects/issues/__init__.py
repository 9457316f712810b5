"""Issues (disputes between parties): positions, options and decisions."""
