"""The assistant as a server of the Model Context Protocol: tools and resources for other programs' models."""
