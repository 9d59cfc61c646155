"""The words that stand on every card, wherever one is drawn."""

from locator.language import Language


def card_words(t: Language) -> dict[str, str]:
    """What a card says beside its facts, by the names that static/ui/cards.js uses."""
    return {
        "more": t("More about this place"),
        "source": t("Source"),
        "directions": t("Directions: choose what opens"),
        "keep": t("Keep"),
        "kept": t("Kept on this device. Your list has {count}."),
        "dropped": t("No longer kept. Your list has {count}."),
        "read": t("Read aloud"),
        "stop": t("Stop reading"),
        "phone": t("Phone"),
        "danish": "" if t.code == "da" else t("See this in Danish"),
        "not_fetched": t("The facts could not be fetched. Try again when you are online."),
        "full": t("Your list is full, or your browser keeps nothing."),
    }
