"""What must hold of reviews: facts, grades, caps, standing, points, votes, days. Pure: no framework, no database."""
