"""The yearly review and classification of members, leading collectives and Party organisations."""
