not_null = null
