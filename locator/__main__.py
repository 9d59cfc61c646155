from locator.cli import run

run()
