"""Errors of the methods: a code for programs, parameters for translators, a sentence for people."""


class MethodError(ValueError):
    """An input that a method cannot work with, told in one sentence: what happened, what it means, what to do.

    Parameters
    ----------
    code : str
        Stable name of the reason, for example ``"cost_negative"``.
    sentence : str
        English sentence for the command line; the web makes its own from code and parameters.
    **parameters : object
        What the sentence speaks of, for example ``row=17``.
    """

    def __init__(self, code: str, sentence: str, **parameters: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.parameters = parameters
