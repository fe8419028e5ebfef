"""What the transports to Cog model servers share, whatever their colour."""
