"""Make `vectors.npz` from the lexicon: `python -m locator.needs.training`, some minutes."""

from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from locator.files import replace_file
from locator.needs.lexicon_files import digest, phrases
from locator.needs.vectors import FILE, Floats, centred, encoded, kernel

_LANDMARKS = 2000
_RIDGE = 1.0
_SEED = 20261124  # the same phrases give the same file
_JITTER = 1e-3


def trained(vectors: Floats, kinds: list[str]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file, from a vector and a kind of each phrase."""
    centre = vectors.mean(axis=0)
    phrases_at = centred(vectors, centre)
    chosen = np.random.default_rng(_SEED).permutation(len(kinds))[:_LANDMARKS]
    scale = np.float32(np.abs(phrases_at).max() / 127)
    landmarks = np.rint(phrases_at[chosen] / scale).astype(np.int8)
    marks = landmarks.astype(np.float32) * scale
    near, among = kernel(phrases_at @ marks.T), kernel(marks @ marks.T)
    names = sorted(set(kinds))
    meant = np.array(kinds)[:, None] == np.array(names)
    jitter = _JITTER * np.eye(len(marks), dtype=np.float32)
    weights = np.linalg.solve(
        near.T @ near + _RIDGE * among + jitter, near.T @ meant.astype(np.float32)
    )
    return {
        "kinds": np.array(names),
        "digest": np.array(digest()),
        "centre": centre,
        "scale": scale,
        "landmarks": landmarks,
        "weights": weights.astype(np.float16),
    }


@click.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=FILE)
def main(out: Path) -> None:
    """Encode all phrases of the lexicon and keep what `vectors` needs of them."""
    known = phrases()
    unique = list(dict.fromkeys(one.text.lower() for one in known))
    with click.progressbar(unique, label="phrases") as bar:
        vectors = {text: encoded([text])[0] for text in bar}
    arrays = trained(
        np.stack([vectors[one.text.lower()] for one in known]), [one.kind for one in known]
    )
    with replace_file(out) as made, made.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    click.echo(f"{len(known)} phrases, written to {out}.")


if __name__ == "__main__":
    main()
