"""The one seam to language models; nothing outside this package knows OpenAI's or LangChain's words."""
