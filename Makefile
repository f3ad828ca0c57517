.PHONY: help demo build test notices clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: ## a node with made-up people, to look around in
	go run ./cmd/palermo demo

build: ## the program, ./palermo
	CGO_ENABLED=0 go build -trimpath -o palermo ./cmd/palermo

test: ## every check and test; installs what they need
	@scripts/test

notices: ## THIRD-PARTY-NOTICES.md anew, after a change of go.mod
	go run ./scripts/notices

clean: ## removes what was built
	rm -rf palermo node_modules
