"""The shell: home, search, navigation, components, the words for what went wrong."""
