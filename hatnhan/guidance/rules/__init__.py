"""What must hold of quizzes and of the directive: pure, no framework, no database."""
