"""From the paid order to the doorstep: docs/algorithms/shipping.md."""
