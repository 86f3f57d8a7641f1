{{- $x := partialCached "records.html" site }}{{ $all := slice -}}
{{- range index $x.search .Params.part }}{{ $kind := index . 0 }}{{ $id := index . 1 }}{{ $r := index $x $kind $id -}}
{{- if eq $kind "articles" }}{{ $all = $all | append (dict "r" (slice $kind $r.Title $r.Params.issued $id $r.Params.summary $r.Plain)) -}}
{{- else if eq $kind "events" }}{{ $all = $all | append (dict "r" (slice $kind $r.title $r.date $id $r.says)) -}}
{{- else if eq $kind "figures" }}{{ $all = $all | append (dict "r" (slice $kind $r.measure $r.as_of $id (or $r.value $r.low) $r.high)) -}}
{{- else if eq $kind "quotes" }}{{ $all = $all | append (dict "r" (slice $kind $r.exact $r.speaker $id)) -}}
{{- else }}{{ $all = $all | append (dict "r" (slice $kind (or $r.name $r.title) "" $id)) }}{{ end -}}
{{- end -}}
siteSearch("{{ .Params.part }}",{{ jsonify $all }});
