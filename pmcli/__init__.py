"""The front desk of a property-management office in plain files."""

__version__ = "0.1.0"
VERSION = f"pmcli {__version__}"
"""What `--version` answers."""
COMPLETING = "_PMCLI_COMPLETE"
"""The variable by which a shell asks for completion (pmcli/cli/completion/scripts.py)."""
