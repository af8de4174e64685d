"""The assistant as programs know language models: OpenAI's chat completions, with the answer's citations."""
