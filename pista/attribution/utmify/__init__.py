"""UTMify: orders with the UTM parameters that they came by."""
