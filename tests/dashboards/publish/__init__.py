"""Publishing, against a Grafana that answers as documented and sometimes oddly."""
