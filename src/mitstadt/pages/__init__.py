"""Pages that bring slices together: home, search, trail, promise board, my page, desk."""
