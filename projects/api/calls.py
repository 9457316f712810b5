"""Calls as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI

from ..forms import CALL_FORMS
from ..models import Call
from ..workflow import CALL


class CallSerializer(serializers.ModelSerializer):
    class Meta:
        model = Call
        fields = ["id", "state", "moves_made", *Call.TERMS]


class CallViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Call.objects.none()
    serializer_class = CallSerializer
    workflow, forms = CALL, CALL_FORMS

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user).order_by("-opens_on", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        return self.make("prepare", Call(), status=201)
