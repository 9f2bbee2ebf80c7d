"""What must hold of programmes, files, discipline, limitation and complaints: pure, no framework, no database."""
