"""Attribution: the click that earned a sale, and who is told of it, once."""
