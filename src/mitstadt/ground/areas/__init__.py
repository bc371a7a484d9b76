"""Areas (Gebiete): the tree of places a city is made of, from the region down to the planning area.

Every city's tree is data: a file brings levels, official ids, names, residents and borders. Berlin's is shipped with
schematic borders; exact ones are loaded over them. Addresses, where a table is loaded, lead to their area.
"""
