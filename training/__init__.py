"""How the bundled pipeline `it_cifre_sm` is made from Universal Dependencies treebanks.

Nothing here is imported by the installed package; see `training/README.md` for the recipe.
"""
