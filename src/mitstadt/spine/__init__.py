"""The public record: Record, Link, Act and Trail; Process, Commitment, Phase and Format; who may do what now."""
