"""Tables of Italian words and signs, and the code that reads and checks them."""
