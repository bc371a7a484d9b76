"""The ref as part of an address: any spelling a person types is understood, one spelling is written."""

from mitstadt.ground.refs import parse_ref


class RefConverter:
    """Matches a sound ref in capitals with its hyphen; other spellings go through the short address."""

    regex = "[2-9A-Z]{4}-[2-9A-Z]{4}"

    def to_python(self, value: str) -> str:
        """The ref; a wrong check character is no address at all."""
        read = parse_ref(value)
        if read != value:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """The ref as it is printed."""
        return value
