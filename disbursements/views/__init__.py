"""Pages of money: lines and tranches; whether the promise is kept."""
