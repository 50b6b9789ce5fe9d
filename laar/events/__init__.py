"""Whatever happened with people present: forums, trainings, meetings, visits; who came; what was asked."""
