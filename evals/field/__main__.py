import sys

from evals.field.command import main

sys.exit(main())
