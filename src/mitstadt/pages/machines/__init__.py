"""What programs ask every site for, by fixed addresses."""
