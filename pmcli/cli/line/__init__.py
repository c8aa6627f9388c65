"""What a command line is: the session it runs in, its options, what it means, what is printed."""
